using KommoFunctions.Configuration;

namespace KommoFunctions.Intake;

/// <summary>What intake accepts. Settings: <c>KommoFunctions:Intake</c>.</summary>
public sealed class IntakeOptions
{
    /// <summary>The largest body in bytes; a larger one is answered 413. Default 4 MiB: a mass edit's hook stays far below.</summary>
    [Setting("a number of bytes from 1024 to 33554432, such as 4194304", Min = "1024", Max = "33554432")]
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long a hook may take before it is answered 503. Default 1.7 s: Kommo counts an answer after 2 s as none (Kommo: Webhooks,
    /// delivery), and a 503 in time earns the five attempts that a silence may not.
    /// </summary>
    [Setting("a time span up to 2 seconds such as 00:00:01.7", Min = "00:00:00.100", Max = "00:00:02")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(1.7);
}
