using Kommo;

namespace KommoFunctions.Accounts;

/// <summary>An account and the client that works for it.</summary>
internal sealed record AccountSession(KommoAccount Account, KommoClient Kommo, long ReadAt);
