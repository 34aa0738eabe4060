"""Segmenters: text → paragraphs → labels → outline; front matter, back matter, metadata."""
