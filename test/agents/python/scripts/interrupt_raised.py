def stop():
    raise KeyboardInterrupt


stop()
