namespace Kommo;

/// <summary>A user to add (Kommo: Users, adding). Kommo refuses more than 10 at once, and any when the account has 100.</summary>
public sealed record NewUser : WriteItem
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The first password; null lets Kommo make one.</summary>
    public string? Password { get; init; }

    /// <summary>The language of the interface.</summary>
    public string? Lang { get; init; }

    /// <summary>What the user may do.</summary>
    public UserRights? Rights { get; init; }

    /// <summary>The text of a user to add never shows the password.</summary>
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Lang = ").Append(Lang);
        return true;
    }
}
