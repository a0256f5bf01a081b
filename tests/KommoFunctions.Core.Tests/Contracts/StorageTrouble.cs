namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>What goes wrong around one request of a method.</summary>
public enum StorageTrouble
{
    /// <summary>The other writer acts before the request does.</summary>
    Conflict,

    /// <summary>The other writer acts before the answer arrives: what was read is out of date by then.</summary>
    StaleRead,

    /// <summary>Storage acts, and the connection breaks: the SDK asks again.</summary>
    LostAnswer,

    /// <summary>The process dies when storage has acted, and another does the whole again.</summary>
    Crash,
}
