using System.Text.Json;

namespace Kommo.Tests.Writing;

public sealed class ChangeTests
{
    [Fact]
    public void Only_what_changes_is_sent_and_null_clears() => Assert.Equal(
        """{"price":null,"loss_reason_id":7,"id":1}""",
        JsonSerializer.Serialize(new LeadUpdate { Id = 1, Price = null, LossReasonId = 7 }, KommoJson.Options));

    [Fact]
    public void What_was_sent_is_read_again_as_the_same_change()
    {
        var update = new TaskUpdate
        {
            Id = 1,
            Text = "Call",
            Duration = null,
            CompleteTill = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            EntityType = EntityType.Leads,
            IsCompleted = true,
            TaskTypeId = 2,
        };

        Assert.Equal(update, JsonSerializer.Deserialize(JsonSerializer.Serialize(update, KommoJson.Options), KommoJson.TypeOf<TaskUpdate>()));
    }

    [Fact]
    public void A_change_that_is_not_set_has_no_value()
    {
        Change<long?> change = default;

        Assert.False(change.IsSet);
        Assert.Throws<InvalidOperationException>(() => change.Value);
        Assert.Equal(5, change.ValueOr(5));
        Assert.NotEqual(change, new Change<long?>(null));
    }

    [Fact]
    public void A_change_never_shows_its_value_as_text() => Assert.Equal("changed", new Change<string>("secret").ToString());
}
