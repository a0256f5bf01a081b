namespace KommoFunctions.Local.Demo;

/// <param name="Leads">How many leads are created.</param>
/// <param name="DuplicateHooks">Whether each hook is delivered twice.</param>
/// <param name="Restart">Whether the app's process is killed half way and started again.</param>
/// <param name="Verbose">Whether the app's log is shown.</param>
internal sealed record DemoOptions(int Leads, bool DuplicateHooks, bool Restart, bool Verbose);
