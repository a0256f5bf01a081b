using TableRateLimiting.Storage;

namespace TableRateLimiting.Machine;

/// <summary>What the shell knows of the time when an input comes in.</summary>
/// <param name="Now">This process's monotonic time, on the scale of all instants in the machine.</param>
/// <param name="Freezes">How often the process turned out to have been frozen.</param>
/// <param name="Service">The storage service's time, or null while it is not known.</param>
internal readonly record struct Moment(long Now, int Freezes, ClockReading? Service);
