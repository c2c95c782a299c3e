using System.Text.Json;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Looks at the names of members.</summary>
internal static class MemberNames
{
    /// <summary>Whether no member with one of the names stands there twice: of two some parsers take the first, others the last.</summary>
    public static bool IsClear(this JsonElement value, params ReadOnlySpan<string> names)
    {
        int seen = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            for (int i = 0; i < names.Length; i++)
            {
                if (!member.NameEquals(names[i])) continue;
                if ((seen & (1 << i)) != 0) return false;
                seen |= 1 << i;
            }
        }

        return true;
    }
}
