using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

public sealed class CorpusTests
{
    public static TheoryData<string> All { get; } = [.. Corpus.Names];

    public static TheoryData<string> Forms { get; } = [.. Corpus.Names.Where(Corpus.IsForm)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_body_tells_what_is_written_beside_it(string name) => Assert.Equal(Corpus.Expected(name), EventText.Of(Corpus.Parse(name)));

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_body_tells_the_same_with_its_brackets_encoded(string name) =>
        Assert.Equal(Corpus.Expected(name), EventText.Of(WebhookParser.Parse(Corpus.EncodedBody(name), Corpus.Zone)));

    [Theory]
    [MemberData(nameof(All))]
    public void Each_event_is_the_same_when_it_is_written_alone_and_read_again(string name)
    {
        var hook = Corpus.Parse(name);

        Assert.All(hook.Events, told =>
        {
            var again = WebhookParser.Parse(WebhookWriter.Write(hook.Account, told), Corpus.Zone);
            Assert.Equal(hook.Account, again.Account);
            Assert.Equal(told, Assert.Single(again.Events));
            Assert.Equal(told.GetType(), again.Events[0].GetType());
        });
    }

    [Fact]
    public void Every_type_of_event_is_in_the_corpus()
    {
        var seen = Corpus.Names.SelectMany(name => Corpus.Parse(name).Events).Select(told => told.GetType().Name).Distinct();
        var all = typeof(WebhookEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(WebhookEvent)) && !type.IsAbstract);

        Assert.Equal(all.Select(type => type.Name).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    /// <summary>Kommo: Webhooks, top-level keys and their actions.</summary>
    [Theory]
    [InlineData("leads", "add update delete restore status responsible note call_in chat mail_in site_visit")]
    [InlineData("contacts", "add update delete restore note")]
    [InlineData("companies", "note")]
    [InlineData("customers", "add update delete responsible note period")]
    [InlineData("task", "add update delete responsible")]
    [InlineData("unsorted", "add update delete")]
    [InlineData("talk", "add update")]
    [InlineData("message", "add")]
    [InlineData("outgoing_message", "add")]
    [InlineData("catalogs", "add update delete")]
    [InlineData("", "add")]
    public void Every_entity_and_action_that_Kommo_documents_is_in_the_corpus_and_has_a_type(string entity, string actions)
    {
        var told = Corpus.Names.Where(Corpus.IsForm).SelectMany(name => Corpus.Parse(name).Events).Where(told => told.Entity == entity).ToList();

        Assert.All(actions.Split(' '), action => Assert.Contains(told, one => one.Action == action && one is not UnknownEvent));
    }
}
