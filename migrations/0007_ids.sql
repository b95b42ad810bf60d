-- Nobody ever wrote or read it: what is being sent is leased in its own row of the outbox.
DROP TABLE leases;
