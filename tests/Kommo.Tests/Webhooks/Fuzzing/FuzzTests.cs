using CsCheck;

namespace Kommo.Tests.Webhooks.Fuzzing;

/// <summary>A short run; <c>bench/Kommo.Fuzzing</c> is the long one.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void No_body_breaks_the_parser_or_loses_an_event() => HookGrammar.Bodies.Sample(body => { HookInvariants.Check(body); }, iter: 40_000);

    [Fact]
    public void Most_bodies_of_the_grammar_hold_events()
    {
        var holding = 0;
        HookGrammar.Bodies.Sample(body => { Interlocked.Add(ref holding, HookInvariants.Check(body) > 0 ? 1 : 0); }, iter: 2_000);

        Assert.InRange(holding, 800, 2_000);
    }
}
