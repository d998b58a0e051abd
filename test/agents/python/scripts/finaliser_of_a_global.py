class Resource:
    def __del__(self):
        print("freed")


kept = Resource()
