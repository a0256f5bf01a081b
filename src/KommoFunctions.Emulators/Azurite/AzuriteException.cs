namespace KommoFunctions.Emulators.Azurite;

/// <summary>
/// Azurite could not be installed or started, or ended by itself. The message says what to do, or carries the last
/// lines that the program printed.
/// </summary>
public sealed class AzuriteException(string message, Exception? innerException = null)
    : Exception(message, innerException);
