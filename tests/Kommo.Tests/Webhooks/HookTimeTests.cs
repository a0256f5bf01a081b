using System.Globalization;
using System.Text;
using CsCheck;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class HookTimeTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("1700000000", "2023-11-14T22:13:20+00:00")]
    [InlineData("2024-01-02 03:04:05", "2024-01-02T03:04:05-05:00")]
    [InlineData("2024-07-02 03:04:05", "2024-07-02T03:04:05-04:00")]
    [InlineData("2024-07-02 03:04", "2024-07-02T03:04:00-04:00")]
    [InlineData("2024-07-02", "2024-07-02T00:00:00-04:00")]
    [InlineData("02.07.2024", "2024-07-02T00:00:00-04:00")]
    [InlineData("02.07.2024 03:04", "2024-07-02T03:04:00-04:00")]
    [InlineData("2024-07-02T03:04:05Z", "2024-07-02T03:04:05+00:00")]
    [InlineData("2024-07-02T03:04:05+03:00", "2024-07-02T03:04:05+03:00")]
    [InlineData("2024-07-02T03:04:05.25-03:00", "2024-07-02T03:04:05-03:00")]
    // Skipped by the clock in spring, told twice in autumn: read with the offset of winter.
    [InlineData("2024-03-10 02:30:00", "2024-03-10T02:30:00-05:00")]
    [InlineData("2024-11-03 01:30:00", "2024-11-03T01:30:00-05:00")]
    public void A_time_is_read_however_it_is_told(string text, string expected) =>
        Assert.Equal(expected, Time(text, NewYork)?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2024-01-02 03:04:05", true)]
    [InlineData("02.07.2024 03:04", true)]
    [InlineData("2024-07-02T03:04:05Z", false)]
    [InlineData("12.01.1980", false)]
    [InlineData("1700000000", false)]
    [InlineData("2024-02-30 00:00:00", false)]
    [InlineData("Call at 12:30 today", false)]
    public void A_local_time_is_known_for_one(string text, bool isLocal) =>
        Assert.Equal(isLocal, WebhookFields.From([new("id", "1"), new("date_create", text)]).HasLocalTimes);

    [Theory]
    [InlineData("")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("2024-02-30 00:00:00")]
    [InlineData("2024-07-02 25:00:00")]
    [InlineData("9999-12-31 23:59:59")]
    [InlineData("tomorrow")]
    [InlineData("99999999999999999999")]
    [InlineData("2024-07-02 03:04:05 and something after it that is long")]
    public void What_is_no_time_is_none(string text) => Assert.Null(Time(text, NewYork));

    [Theory]
    [InlineData("2024-01-02 03:04:05")]
    [InlineData("12.01.1980")]
    public void A_local_text_tells_no_instant_without_the_zone(string text) => Assert.Null(Time(text, null));

    [Fact]
    public void An_instant_written_as_local_text_is_read_as_the_same_instant() =>
        Gen.Long[-2_000_000_000, 4_000_000_000].Sample(seconds =>
        {
            var instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
            var local = TimeZoneInfo.ConvertTime(instant, NewYork);

            var read = Time(local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), NewYork);

            Assert.True(read == instant || NewYork.IsAmbiguousTime(local.DateTime), $"{local} was read as {read}.");
        }, iter: 5_000);

    [Fact]
    public void A_date_is_the_account_s_day()
    {
        Assert.Equal(new DateOnly(1980, 1, 12), Value("12.01.1980", null).Date);
        Assert.Equal(new DateOnly(1980, 1, 12), Value("1980-01-12", NewYork).Date);
        // 2024-10-23 02:00 in UTC is the evening before in New York.
        Assert.Equal(new DateOnly(2024, 10, 23), Value("1729648800", TimeZoneInfo.Utc).Date);
        Assert.Equal(new DateOnly(2024, 10, 22), Value("1729648800", NewYork).Date);
        Assert.Null(Value("1729648800", null).Date);
        Assert.Null(Value("soon", NewYork).Date);
    }

    [Fact]
    public void The_zone_is_no_part_of_what_an_event_is()
    {
        var body = Encoding.UTF8.GetBytes("leads[add][0][custom_fields][0][values][0][value]=12.01.1980");
        var (with, without) = ((LeadAdded)WebhookParser.Parse(body, NewYork).Events[0], (LeadAdded)WebhookParser.Parse(body).Events[0]);

        Assert.Equal(with, without);
        Assert.Equal(with.CustomFields[0].Values, without.CustomFields[0].Values);
    }

    private static DateTimeOffset? Time(string text, TimeZoneInfo? zone) =>
        WebhookParser.Parse(Encoding.UTF8.GetBytes($"task[add][0][created_at]={Uri.EscapeDataString(text)}"), zone).Events[0].Fields.GetTime("created_at");

    private static WebhookCustomFieldValue Value(string text, TimeZoneInfo? zone) => ((LeadAdded)WebhookParser.Parse(
        Encoding.UTF8.GetBytes($"leads[add][0][custom_fields][0][values][0][value]={text}"), zone).Events[0]).CustomFields[0].Values[0];
}
