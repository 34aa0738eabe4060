"""Extractors: engines that run the rule sets over the clean view of a notice."""
