using Headroom.Storage;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Makes the key that keeps a conversation on one of the provider's machines: a hash, so that it tells nobody what the application calls the conversation.</summary>
internal static class CacheKey
{
    /// <summary>Goes before every conversation, so that the key is no hash of its name that is used elsewhere.</summary>
    private const string Salt = "headroom prompt cache\0";

    /// <summary>130 bits: no two conversations share one by accident, and providers take up to 64 characters.</summary>
    private const int Length = 26;

    public static string Of(string conversation) => OriginalId.Compute(Salt + conversation, Length);
}
