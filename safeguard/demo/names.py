"""Invented names as diverse as British schools, drawn with a fixed seed so that runs agree."""

from collections.abc import Iterator
from random import Random

GIVEN = """
Aaliyah Abel Abigail Adaeze Adam Aisha Alasdair Albie Alfie Alicja Amara Amelie Amira Anaya Aneirin
Anika Anwen Arjun Arlo Asha Aurora Ava Ayaan Aylin Beatrix Bilal Blessing Bronwen Callum Caleb
Catrin Chidi Clara Conrad Daisy Dalia Daniel Darcey Dawid Delphine Dewi Dhruv Dylan Ebony Edie Efua
Eira Elan Elijah Eliza Elsie Emeka Emre Esme Ewan Farah Faye Felix Fergus Fern Filip Finlay Florence
Freya Gethin Grace Gulsen Hamza Harriet Hassan Hattie Henry Hope Hugo Ibrahim Idris Imogen Ines Iona
Iris Isaac Ishaan Isla Jasmine Jasper Jaya Jemima Jiwon Jonah Joseph Jude Juno Kai Kasia Keira
Kemi Khadija Kofi Kwame Laila Layla Leah Lena Leo Levi Lila Logan Lowri Lucas Lydia Mabel Maja
Malachi Marcel Margot Mariam Marlon Matilda Max Maya Mei Mihai Mila Mina Miriam Mohsin Molly Musa
Nadia Naomi Nathan Neve Niamh Nia Nico Noor Oisin Olive Omar Orla Oscar Otis Owen Percy Petra Phoebe
Priya Quentin Rafael Rahim Reuben Rhys Robyn Roisin Romy Rosa Ruby Rufus Saira Samira Samuel Sanjay
Sasha Selma Seren Shanice Simran Sofia Soraya Stanley Sunita Suri Tamsin Tariq Teddy Temi Theo Tilly
Tobias Tomasz Tove Umar Una Verity Victor Wanjiru Wei Wilf Winnie Xanthe Yara Yusuf Zadie Zain Zara
Zofia Zuri
""".split()

# Staff, governors and carers, of one generation earlier, with the titles that go with them.
WOMEN = """
Abena Alison Anita Annette Bernadette Bridget Carmel Ceri Charlotte Claire Colette Deborah Denise
Eileen Elena Esther Fiona Francesca Geraldine Gillian Gwen Hazel Helena Janine Joanna Judith Karen
Kathleen Kirsten Kulwinder Lorna Magda Marcia Martina Maureen Michelle Morwenna Nasreen Nicola
Pamela Patience Philippa Rachel Rashida Rhona Rosalind Rukhsana Sally Sandra Shazia Sheila Sian
Simone Sonal Stella Suzanne Tracey Usha Valerie Vivien Wendy Yvonne Zahra
""".split()
MEN = """
Adrian Anthony Damian Delroy Dominic Gareth Gavin Glenroy Huw Ian Imran Jerome Karim Keith Leroy
Malcolm Marek Mehmet Neil Nigel Padraig Rajesh Roderick Russell Sanjeev Stuart Terence Vikram
""".split()

WOMENS_TITLES = (*("Mrs", "Ms", "Miss") * 4, "Dr")
MENS_TITLES = (*("Mr",) * 12, "Dr")

# What friends and teachers say instead of the whole name.
SHORT = {
    "Abigail": "Abi",
    "Alasdair": "Ally",
    "Beatrix": "Bea",
    "Bronwen": "Bron",
    "Daniel": "Dan",
    "Elijah": "Eli",
    "Imogen": "Immy",
    "Jasmine": "Jas",
    "Jemima": "Mima",
    "Joseph": "Joe",
    "Lucas": "Luke",
    "Malachi": "Mal",
    "Matilda": "Tilda",
    "Nathan": "Nate",
    "Quentin": "Quin",
    "Rafael": "Rafi",
    "Samira": "Sami",
    "Samuel": "Sam",
    "Stanley": "Stan",
    "Tomasz": "Tom",
    "Victor": "Vic",
}

FAMILY = """
Abdi Abernant Achebe-Holt Adeyemi Afolayan Aldersley Amankwah Applegarth Ardern Ashgrove Ayub
Bainbrook Balogun Bamford-Lee Baptiste Barrowclough Beddoes Benali Birtwhistle Blakesley Boateng
Bostanci Brackenbury Brightmore Burrowes Caddick Cairncross Calloway Chakrabarty Cheung Chowdhury
Clitheroe Copplestone Cosgrave Cowdray Crowther-Bell Dabrowa Dacosta Dalgleish Demirel Desai-Moore
Devereaux Dhillon Dimitrov Dobrescu Drysdale Dunmore Eckersley Edusei Ekwueme Elphick Entwistle
Fairbrother Farrimond Fazal Fenwright Ferrante Finnerty Forshaw Galbraith Gamage Garside Ghorbani
Gillard-Roy Goswami Greenhalgh Gwilym Haddow Hallam-Rai Hargreave Harun Haslam Hegarty Hinchcliffe
Holdsworth Huang Ibekwe Iqbal-Shaw Ironside Jablonski Jakande Jessop Kamara Kapadia Keswick Khatun
Kilbride Kitching Kowalec Lachance Lamptey Langstaff Leung Linacre Llewelyn Lomax-Dean Lukasik
Macready Mahmood Malecki Mansoor Marchbanks Mbeki-Lowe Mensah Merriweather Mistry Molyneux Moran-Ali
Nambiar Nandakumar Netherwood Nkemelu Norcliffe Nowicka Nuttgens Oduya Okonjo Oldershaw Olszewski
Onyango Ormerod Osei-Tutu Oyelaran Pargeter Pemberley Penhallow Petrescu Pickersgill Polglase
Pradhan Prendergast Quarshie Quayle Rafferty-Khan Rahimi Ramage Ravenscroft Redfearn Rhydderch
Rosenthal Rowbottom Sadiqi Saltmarsh Sandhu-Wright Satterthwaite Selassie Shackleton Sheraz
Siddall Sinha Skelton Solanki Spofforth Stanczyk Strachan Subramani Sutcliffe Tarkowska Tattersall
Tesfaye Thackray Thistlewood Threlfall Togher Tranmer Trevithick Tunnicliffe Uddin Unsworth Uzoma
Vaghela Varley Venables Waddingham Walmsley Warsame-Hill Wetherell Whitaker-Osman Wojtas
Wolstenholme Wrathall Yardley Yilmaz Zielak Zephaniah-Brook
""".split()


class Names:
    """Hands out names, each pair of given and family name once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[tuple[str, str]] = set()
        self._families = self._endless(FAMILY)

    def family(self) -> str:
        """Return a family name; every name of the list comes once before any comes again."""
        return next(self._families)

    def child(self, family: str) -> str:
        """Return a given name for a child of a family."""
        return self._given(GIVEN, family)

    def adult(self, family: str, *, woman: bool | None = None) -> tuple[str, str]:
        """Return a title and a given name for a grown-up of a family."""
        if woman is None:
            woman = self._random.random() < 0.6
        names, titles = (WOMEN, WOMENS_TITLES) if woman else (MEN, MENS_TITLES)
        return self._random.choice(titles), self._given(names, family)

    def _given(self, names: list[str], family: str) -> str:
        while True:
            given = self._random.choice(names)
            if (given, family) not in self._taken:
                self._taken.add((given, family))
                return given

    def _endless(self, names: list[str]) -> Iterator[str]:
        while True:
            yield from self._random.sample(names, len(names))
