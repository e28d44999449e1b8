"""An operation that never answers, and leaves a thread behind that never ends: what must not keep the sandbox from ending."""
import threading
import time

from emulator.services import service


@service("storagegateway").op("NotifyWhenUploaded")
def stuck(c):
    threading.Thread(target=time.sleep, args=(3600,)).start()
    time.sleep(3600)
