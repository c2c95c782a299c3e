using Headroom.Tokens;

namespace Headroom.Retrieval;

public sealed class OriginalRetrieverSymbolTests
{
    private const string Source =
        """
        using System;

        namespace Shop;

        /// <summary>A cart.</summary>
        public sealed class Cart
        {
            private int _count;

            /// <summary>Adds one.</summary>
            [Obsolete]
            public void AddItem(string sku)
            {
                _count++;
            }

            public void AddItem(string sku, int quantity) => _count += quantity;

            public int Total() => _count;
        }

        public sealed class Basket
        {
            public int Total()
            {
                return 0;
            }
        }
        """;

    [Fact]
    public void A_name_brings_the_whole_declaration_with_what_stands_above_it() => Assert.Equal(
        "[Cart.Total: line 19 of 28]\n    public int Total() => _count;", Ask("Cart.Total"));

    [Fact]
    public void Overloads_come_one_after_the_other() => Assert.Equal(
        """
        [Cart.AddItem: lines 10-15 of 28]
            /// <summary>Adds one.</summary>
            [Obsolete]
            public void AddItem(string sku)
            {
                _count++;
            }
        [Cart.AddItem: line 17 of 28]
            public void AddItem(string sku, int quantity) => _count += quantity;
        """,
        Ask("AddItem"));

    [Theory]
    [InlineData("Shop.Cart.Total")]
    [InlineData("Cart::Total")]
    [InlineData("cart#total")]
    [InlineData("/Cart/Total")]
    [InlineData("Cart.Total()")]
    [InlineData("Cart<T>.Total(int, string)")]
    [InlineData("\"Cart.Total\"")]
    [InlineData("public int Cart.Total")]
    public void Names_may_be_spelled_as_models_spell_them(string path) => Assert.StartsWith("[Cart.Total: line 19 of 28]\n", Ask(path), StringComparison.Ordinal);

    [Fact]
    public void Several_names_come_one_after_the_other()
    {
        string answer = Ask("Basket.Total,Cart._count,Cart.Gone");
        Assert.Contains("[Basket.Total: lines 24-27 of 28]", answer, StringComparison.Ordinal);
        Assert.Contains("[Cart._count: line 8 of 28]\n    private int _count;", answer, StringComparison.Ordinal);
        Assert.EndsWith("[nothing called Cart.Gone is declared in 28 lines; declared are Shop, Cart, Cart.AddItem, Cart.Total, Basket, Basket.Total]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_spelled_wrong_is_put_right() =>
        Assert.Equal("[nothing called Cart.AddItems is declared; did you mean Cart.AddItem?]", Ask("Cart.AddItems"));

    [Fact]
    public void A_body_that_does_not_fit_goes_on_by_lines()
    {
        string source = "class Big:\n    def run(self):\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"        self.value_{i} = compute({i})\n")) + "    def stop(self):\n        self.running = False\n";
        string answer = Ask("Big.run", source, maxTokens: 400);
        Assert.StartsWith("[start of Big.run: lines 2-", answer, StringComparison.Ordinal);
        string next = answer[(answer.IndexOf("next: lines=", StringComparison.Ordinal) + 12)..answer.IndexOf(']', StringComparison.Ordinal)];
        Assert.EndsWith("-402", next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_searches_only_there() =>
        Assert.Contains("[1 match of \"return\"", OriginalRetriever.Answer(Source, new RetrievalRequest { Id = "7kq2m9x4ab", Path = "Basket", Query = "return" }, Tokens), StringComparison.Ordinal);

    [Fact]
    public void Numbered_listings_come_back_with_their_numbers() =>
        Assert.Equal("[Cart.Total: line 19 of 28]\n    19\t    public int Total() => _count;", Ask("Cart.Total", string.Join('\n', Source.Split('\n').Select((l, i) => $"{i + 1,6}\t{l}"))));

    [Fact]
    public void Attributes_in_front_are_not_taken_for_an_array() =>
        Assert.StartsWith("[Cart: lines 3-6 of 6]\npublic sealed class Cart", Ask("Cart", "[assembly: X]\n\npublic sealed class Cart\n{\n    public int Count => 1;\n}"), StringComparison.Ordinal);

    [Fact]
    public void Text_without_declarations_is_asked_for_otherwise() =>
        Assert.Equal("[The original is not JSON; ask with lines or query instead.]", Ask("Cart", "nothing but words\nand more of them"));

    private static readonly ITokenCounter Tokens = O200kTokenCounter.Instance;

    private static string Ask(string path, string source = Source, int maxTokens = 2_000) =>
        OriginalRetriever.Answer(source, new RetrievalRequest { Id = "7kq2m9x4ab", Path = path, MaxTokens = maxTokens }, Tokens);
}
