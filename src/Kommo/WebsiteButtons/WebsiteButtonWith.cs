namespace Kommo;

/// <summary>What website buttons are asked to show besides their basics (Kommo: Website buttons, <c>with</c>).</summary>
[Flags]
public enum WebsiteButtonWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>What to put into the website's pages.</summary>
    Scripts = 1 << 0,

    /// <summary>Deleted buttons as well.</summary>
    Deleted = 1 << 1,
}
