namespace Kommo;

/// <summary>The state of a message to the cashier.</summary>
public enum CashierMessageStatus
{
    /// <summary>Made.</summary>
    Created,

    /// <summary>Shown to the cashier.</summary>
    Shown,

    /// <summary>Taken back.</summary>
    Canceled,
}
