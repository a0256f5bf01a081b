namespace Kommo;

/// <summary>What is known about a request that failed: whether Kommo may have acted on it.</summary>
public enum RequestFate
{
    /// <summary>It may have acted: the answer was lost, came too late, or tells of a fault. Repeat a write only if that is harmless.</summary>
    Unknown,

    /// <summary>Nothing was sent.</summary>
    NotSent,

    /// <summary>Kommo surely did not act.</summary>
    Refused,
}
