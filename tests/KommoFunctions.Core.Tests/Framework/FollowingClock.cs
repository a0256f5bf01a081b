using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>A storage whose time is the test's: what a test moves is the time, for all. Tests of wrong clocks take the real one.</summary>
internal sealed class FollowingClock(TimeProvider time) : IStorageClock
{
    public StorageTime Now => new(time.GetUtcNow(), time.GetUtcNow());
}
