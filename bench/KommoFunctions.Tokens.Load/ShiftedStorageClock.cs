using KommoFunctions.Storage;

namespace KommoFunctions.Tokens.Load;

/// <summary>A storage whose time is that of a process which looks at the world later.</summary>
internal sealed class ShiftedStorageClock(TimeProvider time) : IStorageClock
{
    public StorageTime Now => new(time.GetUtcNow(), time.GetUtcNow());
}
