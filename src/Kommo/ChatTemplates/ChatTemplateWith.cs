namespace Kommo;

/// <summary>What templates are asked to show besides their basics (Kommo: Chat templates, <c>with</c>).</summary>
[Flags]
public enum ChatTemplateWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>The reviews.</summary>
    Reviews = 1 << 0,
}
