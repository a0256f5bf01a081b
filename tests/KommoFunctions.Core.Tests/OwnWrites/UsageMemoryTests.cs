using KommoFunctions.OwnWrites;

namespace KommoFunctions.Core.Tests.OwnWrites;

public sealed class UsageMemoryTests
{
    private static readonly DateTimeOffset Asked = DateTimeOffset.UnixEpoch.AddDays(1);

    private readonly UsageMemory<string> _memory = new();
    private bool _isUsed;
    private int _questions;

    [Fact]
    public async Task What_was_not_used_yet_has_not_caused_what_came_in_before()
    {
        Assert.False(await AskAsync(Asked, receivedAt: Asked));

        Assert.False(await AskAsync(Asked.AddMinutes(1), receivedAt: Asked.AddSeconds(-2)));
        Assert.Equal(1, _questions);
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(5)]
    public async Task It_may_have_caused_what_came_in_since_so_it_is_asked_for_again(double seconds)
    {
        await AskAsync(Asked, receivedAt: Asked);
        _isUsed = true;

        Assert.True(await AskAsync(Asked.AddMinutes(1), receivedAt: Asked.AddSeconds(seconds)));
        Assert.Equal(2, _questions);
    }

    [Fact]
    public async Task What_was_used_once_is_not_asked_for_again()
    {
        _isUsed = true;
        await AskAsync(Asked, receivedAt: Asked);

        Assert.True(await AskAsync(Asked.AddDays(1), receivedAt: DateTimeOffset.UnixEpoch));
        Assert.Equal(1, _questions);
    }

    private ValueTask<bool> AskAsync(DateTimeOffset now, DateTimeOffset receivedAt) => _memory.MayHaveCausedAsync("way", receivedAt, now, () =>
    {
        _questions++;
        return Task.FromResult(_isUsed);
    });
}
