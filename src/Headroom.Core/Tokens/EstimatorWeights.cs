namespace Headroom.Tokens;

/// <summary>The fitted numbers of <see cref="TokenEstimator"/>.</summary>
/// <remarks>
/// Made by <c>eng/tokenizer-data/fit-estimator.mjs</c> from texts of eleven kinds of tool output and from names in twenty languages.
/// 300 where hardly anything was seen; 700 from Han to Han is set by hand, between names (1,039) and common words (540).
/// </remarks>
internal static class EstimatorWeights
{
    /// <summary>Number of kinds of characters.</summary>
    internal const int Kinds = 20;

    /// <summary>Kind that the begin of a text counts as.</summary>
    internal const int LineEnd = 1;

    private const int Rest = 19;

    /// <summary>Kinds of the ASCII characters, then of the blocks of 128 characters that make up the rest of the basic plane.</summary>
    internal static readonly byte[] KindTable = BuildKinds();

    /// <summary>Thousandths of a token for a character, by the kind of the one before (row) and its own (column).</summary>
    internal static ReadOnlySpan<short> Thousandths =>
    [
        30, 748, 410, 1772, 0, 257, 351, 431, 885, 454, 570, 122, 464, 341, 0, 954, 300, 629, 574, 300, // behind space
        746, 0, 824, 245, 764, 821, 173, 767, 275, 0, 677, 685, 307, 300, 300, 0, 301, 302, 303, 300, // behind line end
        364, 300, 105, 354, 0, 341, 275, 534, 359, 1498, 1033, 404, 300, 300, 300, 300, 300, 300, 300, 300, // behind tab and controls
        679, 1096, 805, 301, 672, 1164, 761, 737, 860, 783, 798, 1210, 274, 307, 300, 303, 300, 300, 300, 300, // behind digit
        638, 768, 324, 1078, 0, 0, 0, 0, 236, 729, 498, 757, 645, 300, 138, 149, 300, 300, 300, 300, // behind vowel
        327, 1552, 521, 1208, 182, 207, 312, 0, 144, 771, 101, 660, 424, 300, 270, 219, 300, 300, 300, 300, // behind common consonant
        513, 181, 332, 778, 103, 482, 624, 1108, 486, 462, 159, 597, 357, 300, 297, 298, 300, 300, 300, 300, // behind rare consonant
        240, 492, 549, 694, 450, 126, 531, 282, 149, 581, 326, 624, 478, 300, 252, 311, 300, 300, 300, 300, // behind capital
        0, 334, 300, 607, 529, 323, 991, 167, 46, 781, 0, 634, 300, 301, 300, 292, 300, 300, 300, 300, // behind quotation mark
        559, 294, 412, 803, 428, 679, 610, 617, 553, 0, 494, 672, 298, 308, 288, 268, 299, 300, 300, 300, // behind bracket, comma, colon
        576, 131, 387, 1108, 496, 779, 744, 776, 0, 181, 62, 174, 350, 121, 323, 293, 300, 303, 300, 300, // behind dot, slash, hyphen
        891, 198, 473, 765, 757, 842, 675, 506, 600, 80, 769, 0, 311, 300, 300, 342, 300, 300, 300, 298, // behind other ASCII
        451, 300, 300, 348, 613, 649, 383, 377, 299, 300, 300, 308, 366, 292, 237, 302, 300, 300, 300, 300, // behind Latin letters with marks
        324, 300, 300, 369, 300, 301, 300, 300, 301, 291, 93, 300, 292, 460, 300, 292, 300, 300, 300, 300, // behind Greek and Cyrillic
        0, 300, 300, 300, 255, 57, 300, 300, 300, 288, 323, 300, 300, 300, 575, 311, 300, 300, 300, 300, // behind other alphabets
        1254, 0, 391, 324, 272, 70, 287, 302, 298, 293, 304, 340, 350, 292, 311, 297, 300, 300, 402, 351, // behind symbols
        300, 300, 300, 300, 300, 300, 300, 300, 300, 299, 300, 300, 300, 300, 300, 300, 700, 277, 300, 308, // behind Han
        627, 300, 300, 300, 300, 300, 300, 300, 300, 302, 303, 300, 300, 300, 300, 300, 278, 901, 300, 300, // behind kana and Hangul
        504, 322, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 453, 300, 300, 882, 300, // behind surrogates
        351, 300, 300, 300, 300, 300, 300, 300, 300, 300, 298, 300, 300, 300, 300, 300, 308, 300, 300, 300, // behind the rest
    ];

    private static byte[] BuildKinds()
    {
        var kinds = new byte[128 + 512];
        Array.Fill(kinds, (byte)2, 0, 128);
        Array.Fill(kinds, (byte)Rest, 128, 512);
        Set(" ", 0);
        Set("\n\r", LineEnd);
        Set("0123456789", 3);
        Set("aeiou", 4);
        Set("bcdfghlmnprsty", 5);
        Set("jkqvwxz", 6);
        Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 7);
        Set("\"", 8);
        Set("{}[](),:;", 9);
        Set("./-_\\", 10);
        Set("!#$%&'*+<=>?@^`|~", 11);
        SetBlocks('\u0080', '\u02FF', 12);
        SetBlocks('\u0300', '\u052F', 13);
        SetBlocks('\u0580', '\u1FFF', 14);
        SetBlocks('\u2000', '\u2FFF', 15);
        SetBlocks('\u3400', '\u9FFF', 16);
        SetBlocks('\u3000', '\u30FF', 17);
        SetBlocks('\uAC00', '\uD7FF', 17);
        SetBlocks('\uD800', '\uDFFF', 18);
        return kinds;

        void Set(string characters, byte kind)
        {
            foreach (char c in characters) kinds[c] = kind;
        }

        void SetBlocks(char first, char last, byte kind)
        {
            for (int block = first >> 7; block <= last >> 7; block++) kinds[128 + block] = kind;
        }
    }
}
