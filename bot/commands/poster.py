"""`baobab poster`: a QR code that opens an event, and remembers where it hung."""

import re

SOURCE = re.compile(r"[A-Za-z0-9]{1,24}")
