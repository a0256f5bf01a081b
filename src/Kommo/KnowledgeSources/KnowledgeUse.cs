using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>What of Kommo AI uses a source: one of these, never both (Kommo: AI sources, <c>available_functions</c>).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<KnowledgeUse>))]
public enum KnowledgeUse
{
    /// <summary>The agent that answers by itself.</summary>
    Agent,

    /// <summary>The replies that users are suggested.</summary>
    SuggestedReply,
}

/// <summary>Policies that the agent keeps to their own topic (Kommo: AI sources, <c>code</c>).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<KnowledgePolicy>))]
public enum KnowledgePolicy
{
    /// <summary>How to get in touch.</summary>
    ContactInformation,

    /// <summary>What becomes of personal data.</summary>
    PrivacyPolicy,

    /// <summary>How things are returned and refunded.</summary>
    ReturnAndRefundPolicy,

    /// <summary>How things are delivered.</summary>
    ShippingPolicy,

    /// <summary>The terms of service.</summary>
    TermsOfService,
}
