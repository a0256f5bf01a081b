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
        { nameof(TableRateLimiterOptions.MinMargin), options => options.MinMargin = TimeSpan.Zero },
        { nameof(TableRateLimiterOptions.MaxMargin), options => options.MaxMargin = options.MinMargin / 2 },
        { nameof(TableRateLimiterOptions.ArrivalJitter), options => options.ArrivalJitter = options.MaxMargin * 2 },
        { nameof(TableRateLimiterOptions.BackgroundMaxWait), options => options.BackgroundMaxWait = options.MaxWait * 2 },
        { nameof(TableRateLimiterOptions.BackgroundShare), options => options.BackgroundShare = 1.01 },
        { nameof(TableRateLimiterOptions.MinLead), options => options.MinLead = options.MaxLead * 2 },
        { nameof(TableRateLimiterOptions.MaxLead), options => options.MaxLead = TimeSpan.FromMinutes(1) },
        { nameof(TableRateLimiterOptions.MaxWait), options => options.MaxWait = options.MaxLead / 2 },
        { nameof(TableRateLimiterOptions.QueueLimit), options => options.QueueLimit = -1 },
        { nameof(TableRateLimiterOptions.QueueProcessingOrder), options => options.QueueProcessingOrder = (System.Threading.RateLimiting.QueueProcessingOrder)7 },
        { nameof(TableRateLimiterOptions.FallbackPermitsPerWindow), options => options.FallbackPermitsPerWindow = options.PermitLimit + 1 },
        { nameof(TableRateLimiterOptions.FallbackAfter), options => options.FallbackAfter = TimeSpan.FromHours(1) },
        { nameof(TableRateLimiterOptions.AttemptTimeout), options => options.AttemptTimeout = TimeSpan.Zero },
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
