using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What a waiting bot is given, and what it does next (Kommo: Salesbot, <c>continue</c>).</summary>
public sealed record SalesbotContinuation
{
    /// <summary>The most handlers that one continuation may have.</summary>
    public const int MostHandlers = 10;

    /// <summary>What the bot's later steps can use as <c>{{json.name}}</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Data { get; init; }

    /// <summary>What the bot does before it goes on, one after the other; at most <see cref="MostHandlers"/>.</summary>
    public IReadOnlyList<SalesbotAction>? ExecuteHandlers { get; init; }

    internal void Require(string parameter)
    {
        if (ExecuteHandlers?.Count > MostHandlers)
        {
            throw new KommoLimitException($"A continuation has at most {MostHandlers} handlers, not {ExecuteHandlers.Count}.", parameter);
        }

        foreach (var action in ExecuteHandlers ?? [])
        {
            action.Params.Require(parameter);
        }
    }
}

/// <summary>Something that a bot does; made by the methods of this type.</summary>
public sealed record SalesbotAction
{
    [JsonConstructor]
    internal SalesbotAction(string handler, SalesbotActionParams @params) => (Handler, Params) = (handler, @params);

    /// <summary>The kind: <c>show</c> or <c>goto</c>.</summary>
    public string Handler { get; }

    /// <summary>What it is done with.</summary>
    public SalesbotActionParams Params { get; }

    /// <summary>Shows a text of up to 80 characters.</summary>
    public static SalesbotAction Show(string text) => new("show", new SalesbotActionParams { Type = "text", Value = text });

    /// <summary>Shows a text with up to 25 buttons.</summary>
    public static SalesbotAction ShowButtons(string text, params IReadOnlyList<string> buttons) =>
        new("show", new SalesbotActionParams { Type = "buttons", Value = text, Buttons = buttons });

    /// <summary>Shows a text with up to 25 buttons that are links.</summary>
    public static SalesbotAction ShowLinks(string text, params IReadOnlyList<string> addresses) =>
        new("show", new SalesbotActionParams { Type = "buttons_url", Value = text, Buttons = addresses });

    /// <summary>Goes to a step: <c>question</c>, <c>answer</c> or <c>finish</c>.</summary>
    public static SalesbotAction GoTo(string type, int step) => new("goto", new SalesbotActionParams { Type = type, Step = step });
}

/// <summary>What a bot's action is done with.</summary>
public sealed record SalesbotActionParams
{
    /// <summary>The longest text.</summary>
    public const int LongestText = 80;

    /// <summary>The most buttons.</summary>
    public const int MostButtons = 25;

    /// <summary>The kind of what is shown or gone to.</summary>
    public string? Type { get; init; }

    /// <summary>The text.</summary>
    public string? Value { get; init; }

    /// <summary>The buttons' texts or addresses.</summary>
    public IReadOnlyList<string>? Buttons { get; init; }

    /// <summary>The step to go to.</summary>
    public int? Step { get; init; }

    internal void Require(string parameter)
    {
        if (Value?.Length > LongestText)
        {
            throw new KommoLimitException($"A bot shows at most {LongestText} characters at once, not {Value.Length}.", parameter);
        }

        if (Buttons?.Count > MostButtons)
        {
            throw new KommoLimitException($"A bot shows at most {MostButtons} buttons at once, not {Buttons.Count}.", parameter);
        }
    }
}
