"""gunicorn reads this by itself when it starts in this folder. Options on its command line win."""

# Settings are read before there are workers: a wrong word stops the server instead of every worker for ever.
preload_app = True
workers = 2
threads = 4
# A crashed or hanging request must not hold a worker; the longest export streams, and so never waits this long.
timeout = 60
# Old workers make room now and then, not all at once.
max_requests = 5000
max_requests_jitter = 500
# Nobody steers this server through a socket in a home folder that may not exist.
control_socket_disable = True
