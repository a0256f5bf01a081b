namespace TableRateLimiting.Machine;

/// <summary>Somebody waits until a change of the pause is written. The shell derives from it.</summary>
internal class PauseRequest;
