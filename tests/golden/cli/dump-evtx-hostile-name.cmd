dump "samples/dialects/foreign/System;calc&\$(id).evtx"
