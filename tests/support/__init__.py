"""What tests share: fakes of the ports, servers, factories."""
