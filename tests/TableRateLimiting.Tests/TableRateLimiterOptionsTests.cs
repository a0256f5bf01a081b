using Azure.Data.Tables;

namespace TableRateLimiting.Tests;

public sealed class TableRateLimiterOptionsTests
{
    private static readonly TableClient Table = new("UseDevelopmentStorage=true", "limits");

    public static TheoryData<string, Action<TableRateLimiterOptions>> Mistakes => new()
    {
        { nameof(TableRateLimiterOptions.PermitLimit), options => options.PermitLimit = 0 },
        { nameof(TableRateLimiterOptions.PermitLimit), options => options.PermitLimit = 1001 },
        { nameof(TableRateLimiterOptions.Window), options => options.Window = TimeSpan.Zero },
        { nameof(TableRateLimiterOptions.ArrivalJitter), options => options.ArrivalJitter = TimeSpan.FromMinutes(1) },
        { nameof(TableRateLimiterOptions.MaxWait), options => options.MaxWait = TimeSpan.FromSeconds(0.5) },
        { nameof(TableRateLimiterOptions.PauseCheckAfter), options => options.PauseCheckAfter = TimeSpan.Zero },
        { nameof(TableRateLimiterOptions.QueueLimit), options => options.QueueLimit = -1 },
        { nameof(TableRateLimiterOptions.QueueProcessingOrder), options => options.QueueProcessingOrder = (System.Threading.RateLimiting.QueueProcessingOrder)7 },
        { nameof(TableRateLimiterOptions.FallbackPermitsPerWindow), options => options.FallbackPermitsPerWindow = options.PermitLimit + 1 },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_named_with_its_range(string option, Action<TableRateLimiterOptions> mistake)
    {
        var options = new TableRateLimiterOptions();
        mistake(options);

        var error = Assert.Throws<ArgumentException>(() => new TableRateLimiter(Table, "p", "r", options));

        Assert.Equal(option, error.ParamName);
        Assert.Contains("must be from", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_valid() => new TableRateLimiterOptions().Validate();

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public void A_key_that_storage_does_not_take_is_refused(string key)
    {
        Assert.Throws<ArgumentException>(() => new TableRateLimiter(Table, key, "r", new TableRateLimiterOptions()));
        Assert.Throws<ArgumentException>(() => new TableRateLimiter(Table, "p", key, new TableRateLimiterOptions()));
    }
}
