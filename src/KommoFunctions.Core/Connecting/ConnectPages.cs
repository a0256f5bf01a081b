using System.Globalization;
using KommoFunctions.Accounts;

namespace KommoFunctions.Connecting;

/// <summary>The pages of connecting, in words for whoever administers a Kommo account.</summary>
/// <param name="start">Where to begin again.</param>
internal sealed class ConnectPages(Uri start)
{
    private const string NothingChanged = "Nothing was changed.";

    public HtmlPage Denied => new(
        "Access was not allowed",
        "You, or somebody with you, chose not to give this app access to the Kommo account. That is fine: nothing was connected.")
    {
        Link = (start, "Connect after all"),
    };

    public HtmlPage Incomplete => new("This page needs to be opened by Kommo", "Something that Kommo adds to this address is missing or was changed. " + NothingChanged)
    {
        Link = Again,
    };

    public HtmlPage OtherIntegration => new(
        "This is about another integration",
        "The address that led here belongs to another integration than this app. " + NothingChanged)
    {
        Link = Again,
    };

    public HtmlPage NoKommoAccount => new(
        "That is not a Kommo account",
        "The address that led here names an account that is not one of Kommo's, so nothing was sent there. " + NothingChanged
        + " If somebody gave you a link to this page, do not use it again.")
    {
        Link = Again,
    };

    public HtmlPage FromKommo => new(
        "One more step",
        "The integration was opened from Kommo's own pages. This app connects an account only when you begin here, so that nobody can connect one in your name.")
    {
        Link = (start, "Connect your account"),
    };

    public HtmlPage Forged => new(
        "This link is not one of ours",
        "The link that led here was not made by this app, or it was changed on its way. " + NothingChanged)
    {
        Link = Again,
    };

    public HtmlPage Expired => new("That took too long", "For your safety the link that led here works only for a few minutes. " + NothingChanged)
    {
        Link = Again,
    };

    public HtmlPage OtherBrowser => new(
        "Please go on where you began",
        "Connecting was begun in another browser, or this browser keeps no cookies. " + NothingChanged)
    {
        Link = (start, "Begin again in this browser"),
    };

    public HtmlPage Used => new(
        "This link was used already",
        "Each link works once. If you saw the page that says your account is connected, all is well and you can close this one. "
        + "If you did not, connect it again: that does no harm.")
    {
        Link = Again,
    };

    public HtmlPage CodeRefused => new(
        "Kommo did not accept it",
        "Kommo's permission works once and for 20 minutes, and this one is used up or too old. Connect the account again: that does no harm, even if it is connected already. "
        + "If you see this page every time, please tell whoever runs this app.")
    {
        Link = Again,
    };

    public HtmlPage KommoUnavailable => new(
        "Kommo cannot be reached just now",
        "Kommo did not answer, or asks us to wait. It may be that nothing was connected. Wait a few minutes and connect the account again: that does no harm.")
    {
        Link = Again,
    };

    public HtmlPage Unavailable => new(
        "That did not work",
        "Something that this app needs cannot be reached just now. It may be that nothing was connected. Wait a few minutes and connect the account again: that does no harm.")
    {
        Link = Again,
    };

    public static HtmlPage NotSetUp => new(
        "This app is not ready yet",
        "Its set-up is not complete. Please tell whoever runs it; its log says what is missing. "
        + NothingChanged);

    /// <summary>An administrator has connected the account, and who allowed it now is none.</summary>
    public static HtmlPage AdministratorKept(KommoAccount account) => new(
        "Your account is connected already",
        "An administrator of the account has connected it, and you are none. The app goes on with the administrator's permission, since yours would let it do less. "
        + "You can close this page. To have the app use another permission, let an administrator open the page where you began.")
    {
        Facts = FactsOf(account),
    };

    private static IReadOnlyList<(string Name, string Value)> FactsOf(KommoAccount account) =>
    [
        ("Account", account.Name ?? account.Address.Host),
        ("Address", account.Address.Authority),
        ("Number", account.Id.ToString(CultureInfo.InvariantCulture)),
    ];

    private (Uri, string) Again => (start, "Connect again");

    /// <summary>It worked; when Kommo refused the hooks, also what can be done by hand.</summary>
    /// <param name="account">The account.</param>
    /// <param name="hooks">Where its hooks go to.</param>
    /// <param name="events">What Kommo calls the events.</param>
    public static HtmlPage Connected(KommoAccount account, Uri? hooks, IReadOnlyList<string> events)
    {
        var page = new HtmlPage("Your account is connected", "You can close this page.")
        {
            Facts = FactsOf(account),
        };
        return account.Hooks switch
        {
            HookState.Refused when hooks is not null => page with
            {
                Title = "Your account is connected, but Kommo sends no news yet",
                Paragraphs =
                [
                    "Kommo refused to tell this app what happens in the account. As a rule the plan has no webhooks, or you are no administrator of the account. "
                    + "The app tries again every 15 minutes, and until then looks by itself for what is new.",
                ],
                Steps =
                [
                    "See in Kommo under Settings, Billing, whether the plan of the account has webhooks.",
                    "If it has, let an administrator of the account open the page with which you connected it.",
                    "Or let an administrator enter a webhook by hand, in Kommo under Settings, Integrations, WebHooks, with this address: "
                    + $"{hooks.AbsoluteUri} (for nobody else's eyes), and for these events: {string.Join(", ", events)}.",
                ],
            },
            HookState.Unknown when hooks is not null => page with
            {
                Paragraphs = ["Kommo has not yet been asked to tell this app what happens in the account. That is done within 15 minutes, without you. You can close this page."],
            },
            _ => page,
        };
    }
}
