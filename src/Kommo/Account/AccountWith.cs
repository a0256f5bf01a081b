namespace Kommo;

/// <summary>What the account is asked to show besides its basics (Kommo: Account, <c>with</c>).</summary>
[Flags]
public enum AccountWith
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>The account's id in the Chats API.</summary>
    AmojoId = 1 << 0,

    /// <summary>Rights in the Chats API.</summary>
    AmojoRights = 1 << 1,

    /// <summary>User groups.</summary>
    UsersGroups = 1 << 2,

    /// <summary>Task types.</summary>
    TaskTypes = 1 << 3,

    /// <summary>The account's version.</summary>
    Version = 1 << 4,

    /// <summary>Names of the entities.</summary>
    EntityNames = 1 << 5,

    /// <summary>Date and time settings, the time zone among them.</summary>
    DatetimeSettings = 1 << 6,

    /// <summary>The host of the file storage.</summary>
    DriveUrl = 1 << 7,

    /// <summary>Whether lists can be filtered.</summary>
    IsApiFilterEnabled = 1 << 8,

    /// <summary>Invoice settings.</summary>
    InvoicesSettings = 1 << 9,

    /// <summary>All of it.</summary>
    All = (1 << 10) - 1,
}
