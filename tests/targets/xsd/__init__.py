"""XML Schema of an API's XML, against libxml2 (and Xerces where there is a JDK)."""
