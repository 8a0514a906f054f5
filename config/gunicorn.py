"""How the web server works, wherever it is started: `gunicorn --config python:config.gunicorn`.

A worker takes no more connections than it has threads, and each brings one request. So whoever
waits stands in one line, that of the listening socket, and the next free thread of any worker
serves the first of it. Otherwise a worker accepts all that it can at once and keeps it: readers
queue behind those of their own worker while the other has nothing to do. A connection anew for
each request costs the proxy on the same machine less than a tenth of a millisecond.
"""

worker_class = "gthread"
workers = 2
threads = 4
worker_connections = threads
keepalive = 0  # seconds
timeout = 60  # seconds
control_socket_disable = True
# The most that it takes, with the method before the address and the version behind it. A longer
# line is answered by gunicorn itself, with a bare page.
limit_request_line = 8190  # bytes
