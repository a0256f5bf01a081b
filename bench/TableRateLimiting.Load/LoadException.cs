namespace TableRateLimiting.Load;

/// <summary>A run that cannot be counted: a process ended by itself, or did not do what it was told.</summary>
internal sealed class LoadException(string message, Exception? inner = null) : Exception(message, inner);
