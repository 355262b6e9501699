"""What happens to the site's own documents, told to the services; one file a DocType."""
