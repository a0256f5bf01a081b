namespace KommoFunctions.Emulators;

/// <summary>A fixed port that was asked for is in use. The message names the port and what it was for.</summary>
public sealed class PortTakenException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="port">The TCP port that is taken.</param>
    /// <param name="purpose">What it was for, as it reads in a sentence: <c>Azurite's queue service</c>.</param>
    /// <param name="innerException">The failure to bind, if there was one.</param>
    public PortTakenException(int port, string purpose, Exception? innerException = null)
        : base($"Port {port} for {purpose} is taken by another program; stop that program or choose another port "
            + "(0 takes a free one).", innerException)
    {
        Port = port;
        Purpose = purpose;
    }

    /// <summary>The TCP port that is taken.</summary>
    public int Port { get; }

    /// <summary>What the port was for.</summary>
    public string Purpose { get; }
}
