"""Notices as matrices: workbook, CSV, terminal table and data frames, all from the same rows."""

from safetydoc.matrix.atomic import write_atomically
from safetydoc.matrix.delimited import to_csv
from safetydoc.matrix.excel import excel_bytes, write_excel
from safetydoc.matrix.frames import to_frames
from safetydoc.matrix.terminal import to_table

__all__ = ["excel_bytes", "to_csv", "to_frames", "to_table", "write_atomically", "write_excel"]
