triage samples/healthy/System.xml --text samples/healthy/System.xml
