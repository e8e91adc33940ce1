"""Cases of protocols in which a cloud vendor describes its services: requests and answers, REST-JSON and REST-XML."""
