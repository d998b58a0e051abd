def run():
    import raising_module


run()
