"""`python -m safetydoc` is the command `safetydoc`."""

from safetydoc.cli import main

main()
