namespace Kommo;

/// <summary>What to show of users (Kommo: Users).</summary>
public sealed record UserQuery : ListQuery
{
    /// <summary>What to show besides the basics.</summary>
    public UserWith With { get; init; }

    internal override void AddTo(QueryString query) => query.AddWith(With);
}

/// <summary>What users are asked to show besides their basics (Kommo: Users, <c>with</c>).</summary>
[Flags]
public enum UserWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Roles.</summary>
    Role = 1 << 0,

    /// <summary>Groups.</summary>
    Group = 1 << 1,

    /// <summary>Universal ids.</summary>
    Uuid = 1 << 2,

    /// <summary>Ids in the Chats API.</summary>
    AmojoId = 1 << 3,
}
