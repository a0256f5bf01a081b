namespace Kommo;

/// <summary>The types of custom fields (Kommo: Custom fields). Kommo may add to them, so a field's type is a text.</summary>
public static class CustomFieldTypes
{
    /// <summary>A text.</summary>
    public const string Text = "text";

    /// <summary>A number.</summary>
    public const string Numeric = "numeric";

    /// <summary>Yes or no.</summary>
    public const string Checkbox = "checkbox";

    /// <summary>One of several options.</summary>
    public const string Select = "select";

    /// <summary>Some of several options.</summary>
    public const string Multiselect = "multiselect";

    /// <summary>A date.</summary>
    public const string Date = "date";

    /// <summary>A link.</summary>
    public const string Url = "url";

    /// <summary>A long text.</summary>
    public const string Textarea = "textarea";

    /// <summary>One of several options, all of them shown.</summary>
    public const string Radiobutton = "radiobutton";

    /// <summary>An address in one line.</summary>
    public const string StreetAddress = "streetaddress";

    /// <summary>An address in parts.</summary>
    public const string SmartAddress = "smart_address";

    /// <summary>A birthday, of which Kommo can remind.</summary>
    public const string Birthday = "birthday";

    /// <summary>An enterprise or a person.</summary>
    public const string LegalEntity = "legal_entity";

    /// <summary>A date with its time.</summary>
    public const string DateTime = "date_time";

    /// <summary>A price; in lists only.</summary>
    public const string Price = "price";

    /// <summary>A category; in lists only.</summary>
    public const string Category = "category";

    /// <summary>Lines of an invoice; in lists of invoices only.</summary>
    public const string Items = "items";

    /// <summary>Where a lead came from; leads only.</summary>
    public const string TrackingData = "tracking_data";

    /// <summary>A linked entity; in lists only.</summary>
    public const string LinkedEntity = "linked_entity";

    /// <summary>Elements of lists that depend on each other.</summary>
    public const string ChainedList = "chained_list";

    /// <summary>An amount of money.</summary>
    public const string Monetary = "monetary";

    /// <summary>A file.</summary>
    public const string File = "file";

    /// <summary>Who pays; in lists of invoices only.</summary>
    public const string Payer = "payer";

    /// <summary>Who supplies; in lists of invoices only.</summary>
    public const string Supplier = "supplier";

    /// <summary>Several texts, each of a kind, such as telephone numbers.</summary>
    public const string Multitext = "multitext";
}
