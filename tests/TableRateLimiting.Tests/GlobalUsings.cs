global using TableRateLimiting.Grants;
global using TableRateLimiting.Machine;
global using TableRateLimiting.Storage;
