"""What `./run bench` measures: one module a measure."""
