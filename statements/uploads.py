"""Stop an upload that is far too large before its bytes are kept anywhere."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

# Twice what a form accepts: below it, the form says so in its own words.
MOST = 20 * 1024 * 1024  # bytes


class CappedUpload(FileUploadHandler):
    """Refuses a request by its length; must come first among the upload handlers."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if content_length > MOST:
            raise RequestDataTooBig("the request is larger than 20 MiB")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
